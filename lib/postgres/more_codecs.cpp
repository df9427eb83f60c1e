#include <asynchrormous/postgres/more_codecs.hpp>
#include <asynchrormous/sql/value_error.hpp>

namespace orm::inline v0::postgres {

namespace {

constexpr std::uint16_t last_position = 0x3fff;

std::uint16_t packed(const lexeme_position& position) {
    if (position.weight < 'A' || position.weight > 'D')
        throw value_error("the weight of a word is A, B, C or D");
    if (position.at < 1 || position.at > last_position)
        throw value_error("the position of a word is between 1 and 16383");
    return static_cast<std::uint16_t>(('D' - position.weight) << 14 | position.at);
}

// Words from the front of the bytes of a tsvector.
class word_reader {
public:
    explicit word_reader(field_view field) : rest_(field.bytes()) {}

    template <class T>
    T number() {
        if (rest_.size() < sizeof(T)) refuse();
        const char* at = rest_.data();
        rest_.remove_prefix(sizeof(T));
        return wire::load<T>(at);
    }
    lexeme word() {
        const std::size_t end = rest_.find('\0');
        if (end == std::string_view::npos) refuse();
        lexeme result{std::string(rest_.substr(0, end)), {}};
        rest_.remove_prefix(end + 1);
        for (int left = number<std::uint16_t>(); left > 0; --left) {
            const std::uint16_t bits = number<std::uint16_t>();
            result.positions.push_back(
                {static_cast<std::uint16_t>(bits & last_position), static_cast<char>('D' - (bits >> 14))});
        }
        return result;
    }
    bool done() const { return rest_.empty(); }
    [[noreturn]] static void refuse() {
        detail::throw_malformed(codec<tsvector>::type, "its size and its number of words disagree");
    }

private:
    std::string_view rest_;
};

}  // namespace

void codec<bit_string>::encode(const bit_string& value, std::string& out) {
    wire::append(out, static_cast<std::int32_t>(value.size()));
    const std::size_t begin = out.size();
    out.append((value.size() + 7) / 8, '\0');
    for (std::size_t i = 0; i < value.size(); ++i)
        if (value[i]) out[begin + i / 8] = static_cast<char>(out[begin + i / 8] | 0x80 >> i % 8);
}

bit_string codec<bit_string>::decode(field_view field) {
    if (field.size < 4) detail::throw_wrong_size(field, type);
    const std::int32_t size = wire::load<std::int32_t>(field.data);
    if (size < 0 || field.size - 4 != size / 8 + (size % 8 == 0 ? 0 : 1))
        detail::throw_malformed(type, "its size and its number of bits disagree");
    std::vector<bool> bits(static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = (field.data[4 + i / 8] & 0x80 >> i % 8) != 0;
    return bit_string(std::move(bits));
}

bit_string codec<bit_string>::convert(field_view field, std::uint32_t oid) {
    if (oid != sql::oid::bit) detail::throw_unreadable(oid, type);
    return decode(field);
}

void codec<tsvector>::encode(const tsvector& value, std::string& out) {
    wire::append(out, static_cast<std::int32_t>(value.words.size()));
    for (const lexeme& each : value.words) {
        detail::append_text(each.word, out);
        out += '\0';
        if (each.positions.size() > 255) throw value_error("a word has at most 255 positions");
        wire::append(out, static_cast<std::int16_t>(each.positions.size()));
        for (const lexeme_position& position : each.positions) wire::append(out, packed(position));
    }
}

tsvector codec<tsvector>::decode(field_view field) {
    if (field.null()) detail::throw_wrong_size(field, type);
    word_reader reader(field);
    tsvector result;
    for (std::uint32_t left = reader.number<std::uint32_t>(); left > 0; --left)
        result.words.push_back(reader.word());
    if (!reader.done()) word_reader::refuse();
    return result;
}

}  // namespace orm::inline v0::postgres
