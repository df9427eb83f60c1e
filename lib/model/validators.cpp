#include <asynchrormous/model/validators.hpp>
#include <asynchrormous/sql/error.hpp>

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <regex>

namespace orm::inline v0 {

namespace {

#ifdef __GLIBCXX__
// libstdc++'s other matcher recurses once for each character of the text.
constexpr auto grammar = std::regex::ECMAScript | std::regex_constants::__polynomial;
#else
constexpr auto grammar = std::regex::ECMAScript;
#endif

const std::regex& compiled(std::string_view pattern) {
    thread_local std::map<std::string, std::regex, std::less<>> known;
    const auto found = known.find(pattern);
    if (found != known.end()) return found->second;
    try {
        return known.emplace(pattern, std::regex(pattern.begin(), pattern.end(), grammar)).first->second;
    } catch (const std::regex_error& why) {
        throw query_error("the validator regex(\"" + std::string(pattern) +
                          "\") is no regular expression: " + why.what());
    }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_international(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_label_character(char c) { return is_letter(c) || is_digit(c) || is_international(c) || c == '-'; }

bool is_label(std::string_view label) {
    return !label.empty() && model_detail::characters(label) <= 63 && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), is_label_character);
}

// The last label of a name: no digits, unless it is an encoded international one.
bool is_top_level(std::string_view label) {
    const bool encoded = label.starts_with("xn--");
    return is_label(label) && model_detail::characters(label) >= 2 &&
           (encoded || std::none_of(label.begin(), label.end(), is_digit));
}

// Labels with points between, of which each but the last is `is_label`.
template <class Last>
bool is_dotted(std::string_view name, Last is_last) {
    const std::size_t last = name.rfind('.');
    if (last == name.npos) return false;
    if (!is_last(name.substr(last + 1))) return false;
    for (std::string_view rest = name.substr(0, last);;) {
        const std::size_t dot = rest.find('.');
        if (!is_label(rest.substr(0, dot))) return false;
        if (dot == rest.npos) return true;
        rest.remove_prefix(dot + 1);
    }
}

bool is_address(int family, std::string_view text) {
    unsigned char bytes[16];
    return text.find('\0') == text.npos && inet_pton(family, std::string(text).c_str(), bytes) == 1;
}

// RFC 5322: atoms with points between, or a quoted text.
bool is_quoted_user(std::string_view user) {
    if (user.size() < 2 || user.front() != '"' || user.back() != '"') return false;
    const std::string_view inner = user.substr(1, user.size() - 2);
    for (std::size_t i = 0; i < inner.size(); ++i) {
        const char c = inner[i];
        if (c == '\\' && ++i == inner.size()) return false;
        const char meant = inner[i];
        if (meant == '\0' || meant == '\n' || meant == '\r' || is_international(meant)) return false;
        if (c != '\\' && (meant == '"' || meant == '\t' || meant == ' ')) return false;
    }
    return true;
}
bool is_email_user(std::string_view user) {
    constexpr std::string_view marks = "-!#$%&'*+/=?^_`{}|~";
    if (is_quoted_user(user)) return true;
    if (user.empty() || user.front() == '.' || user.back() == '.') return false;
    for (std::size_t i = 0; i < user.size(); ++i) {
        const char c = user[i];
        if (c == '.' ? user[i - 1] == '.' : !is_letter(c) && !is_digit(c) && marks.find(c) == marks.npos)
            return false;
    }
    return true;
}
bool is_email_domain(std::string_view domain) {
    if (domain == "localhost") return true;
    if (domain.starts_with('[') && domain.ends_with(']'))
        return model_detail::is_ip(domain.substr(1, domain.size() - 2));
    return is_dotted(domain, [](std::string_view last) {
        const std::size_t size = model_detail::characters(last);
        return size >= 2 && size <= 63 && last.back() != '-' &&
               std::all_of(last.begin(), last.end(), is_label_character);
    });
}

// "[::1]:8000", "user:word@example.com": what stands between // and the path.
bool is_host(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']'))
        return model_detail::is_ipv6(host.substr(1, host.size() - 2));
    if (host.ends_with('.')) host.remove_suffix(1);
    return host.size() <= 253 &&
           (host == "localhost" || model_detail::is_ipv4(host) || is_dotted(host, is_top_level));
}
bool is_authority(std::string_view text) {
    if (const std::size_t at = text.rfind('@'); at != text.npos) {
        const std::string_view who = text.substr(0, at);
        const std::size_t colon = who.find(':');
        const bool twice = colon != who.npos && who.find(':', colon + 1) != who.npos;
        if (who.empty() || colon == 0 || twice || who.find('@') != who.npos) return false;
        text.remove_prefix(at + 1);
    }
    const std::size_t colon = text.rfind(':');
    if (colon == text.npos || text.ends_with(']')) return is_host(text);
    const std::string_view port = text.substr(colon + 1);
    return !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit) &&
           is_host(text.substr(0, colon));
}

}  // namespace

bool regex_validator::operator()(std::string_view text) const {
    return std::regex_search(text.begin(), text.end(), compiled(pattern));
}

namespace model_detail {

std::string number_text(double number) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, number).ptr;
    return {text, end};
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xc0') != '\x80'; }));
}

std::string length_message(std::string_view bound, std::size_t limit, std::size_t length) {
    return "Ensure this value has " + std::string(bound) + std::to_string(limit) +
           (limit == 1 ? " character" : " characters") + " (it has " + std::to_string(length) + ").";
}

bool is_email(std::string_view text) {
    const std::size_t at = text.rfind('@');
    return text.size() <= 320 && at != text.npos && is_email_user(text.substr(0, at)) &&
           is_email_domain(text.substr(at + 1));
}

bool is_url(std::string_view text) {
    if (text.size() > 2048 || std::any_of(text.begin(), text.end(), is_space)) return false;
    const std::size_t colon = text.find("://");
    if (colon == text.npos) return false;
    std::string scheme(text.substr(0, colon));
    for (char& c : scheme) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (scheme != "http" && scheme != "https" && scheme != "ftp" && scheme != "ftps") return false;
    const std::string_view rest = text.substr(colon + 3);
    return is_authority(rest.substr(0, rest.find_first_of("/?#")));
}

bool is_slug(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '-' || c == '_';
    });
}

bool is_domain_name(std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    return text.size() <= 255 && is_dotted(text, is_top_level);
}

bool is_ipv4(std::string_view text) { return is_address(AF_INET, text); }
bool is_ipv6(std::string_view text) { return is_address(AF_INET6, text); }
bool is_ip(std::string_view text) { return is_ipv4(text) || is_ipv6(text); }

}  // namespace model_detail

}  // namespace orm::inline v0
