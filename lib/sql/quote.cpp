#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/quote.hpp>

namespace orm::inline v0::sql {

void append_identifier(std::string& out, std::string_view name) {
    if (name.empty())
        throw query_error(
            "an identifier is empty: every table and column needs a name of at least one character");
    if (name.find('\0') != std::string_view::npos)
        throw query_error("the identifier \"" + std::string(name.substr(0, name.find('\0'))) +
                          "\" holds a NUL byte, which PostgreSQL's names cannot: remove it");
    out += '"';
    for (std::size_t quote; (quote = name.find('"')) != std::string_view::npos; name.remove_prefix(quote + 1))
        out.append(name.substr(0, quote)).append(2, '"');
    out.append(name) += '"';
}

std::string quote_identifier(std::string_view name) {
    std::string out;
    out.reserve(name.size() + 2);
    append_identifier(out, name);
    return out;
}

}  // namespace orm::inline v0::sql
