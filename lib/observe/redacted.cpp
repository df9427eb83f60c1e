#include <asynchrormous/observe/redacted.hpp>

namespace orm::inline v0 {

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_word(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// Reads one token after the other; each function gives where its token ends.
class reader {
public:
    explicit reader(std::string_view sql) : sql_(sql) {}

    std::string read() {
        while (at_ < sql_.size()) step();
        return std::move(out_);
    }

private:
    bool sees(std::string_view what) const noexcept { return sql_.substr(at_).starts_with(what); }

    void step() {
        const char c = sql_[at_];
        if (c == '\'') return hide(end_of_string(at_, false));
        if (c == '"') return keep(end_of_quoted(at_, '"'));
        if (c == '$') return dollar();
        if (sees("--")) return leave_out(sql_.find('\n', at_));
        if (sees("/*")) return leave_out(end_of_comment());
        if (is_digit(c) || (c == '.' && at_ + 1 < sql_.size() && is_digit(sql_[at_ + 1])))
            return hide(end_of_number());
        if (is_word(c)) return word();
        keep(at_ + 1);
    }

    // E'…', B'…', X'…', U&'…', N'…' are strings with a word before them.
    void word() {
        std::size_t end = at_;
        while (end < sql_.size() && (is_word(sql_[end]) || sql_[end] == '$')) ++end;
        const std::string_view read = sql_.substr(at_, end - at_);
        const bool escapes = read == "E" || read == "e";
        const bool prefix = escapes || (read.size() == 1 && read.find_first_of("BbXxNn") == 0);
        if (prefix && end < sql_.size() && sql_[end] == '\'') return hide(end_of_string(end, escapes));
        if ((read == "U" || read == "u") && sql_.substr(end).starts_with("&'"))
            return hide(end_of_string(end + 1, false));
        keep(end);
    }

    // $1, or $tag$ … $tag$.
    void dollar() {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && is_word(sql_[end])) ++end;
        const bool placeholder = end > at_ + 1 && is_digit(sql_[at_ + 1]);
        if (placeholder || end >= sql_.size() || sql_[end] != '$') return keep(end);
        const std::string_view tag = sql_.substr(at_, end + 1 - at_);
        const auto close = sql_.find(tag, end + 1);
        hide(close == std::string_view::npos ? sql_.size() : close + tag.size());
    }

    std::size_t end_of_string(std::size_t quote, bool escapes) const noexcept {
        if (!escapes) return end_of_quoted(quote, '\'');
        for (std::size_t at = quote + 1; at < sql_.size(); ++at) {
            if (sql_[at] == '\\')
                ++at;
            else if (sql_[at] == '\'')
                return at + 1;
        }
        return sql_.size();
    }
    std::size_t end_of_quoted(std::size_t quote, char by) const noexcept {
        const auto end = sql_.find(by, quote + 1);
        return end == std::string_view::npos ? sql_.size() : end + 1;
    }
    std::size_t end_of_number() const noexcept {
        std::size_t end = at_;
        while (end < sql_.size() && (is_word(sql_[end]) || sql_[end] == '.' || after_exponent(end))) ++end;
        return end;
    }
    bool after_exponent(std::size_t at) const noexcept {
        const bool sign = sql_[at] == '+' || sql_[at] == '-';
        return sign && at > at_ && (sql_[at - 1] == 'e' || sql_[at - 1] == 'E') && !sees("0x");
    }
    std::size_t end_of_comment() const noexcept {
        std::size_t depth = 0;
        for (std::size_t at = at_; at + 1 < sql_.size(); ++at) {
            const std::string_view two = sql_.substr(at, 2);
            if (two == "/*") ++depth, ++at;
            if (two == "*/" && (++at, --depth == 0)) return at + 1;
        }
        return sql_.size();
    }

    void keep(std::size_t end) {
        out_ += sql_.substr(at_, end - at_);
        at_ = end;
    }
    void hide(std::size_t end) {
        if (!out_.ends_with('?')) out_ += '?';  // '' inside of a string are two
        at_ = end;
    }
    void leave_out(std::size_t end) { at_ = end == std::string_view::npos ? sql_.size() : end; }

    std::string_view sql_;
    std::size_t at_ = 0;
    std::string out_{};
};

}  // namespace

std::string redacted(std::string_view sql) { return reader(sql).read(); }

std::string shown_text(const statement_event& statement) {
    return statement.access == postgres::access::raw ? redacted(statement.text) : std::string(statement.text);
}

std::string_view operation_name(const statement_event& statement) noexcept {
    if (statement.access == postgres::access::raw) return {};
    const std::string_view word = statement.text.substr(0, statement.text.find_first_of(" ;"));
    return word.starts_with("WITH") || word.starts_with('(') ? std::string_view() : word;
}

}  // namespace orm::inline v0
