#include <asynchrormous/postgres/array_codec.hpp>
#include <asynchrormous/postgres/wire.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <limits>

namespace orm::inline v0::postgres::detail {

namespace {

constexpr std::ptrdiff_t empty_header = 12;
constexpr std::ptrdiff_t header = 20;
constexpr std::size_t most_elements = 134'217'727;  // MaxArraySize in array.h

}  // namespace

array_reader::array_reader(field_view field, sql::type array)
    : at_(field.data), end_(field.data + (field.null() ? 0 : field.size)), type_(array) {
    if (field.size < empty_header) throw_wrong_size(field, type_);
    const auto dimensions = wire::load<std::int32_t>(at_);
    element_oid_ = wire::load<std::uint32_t>(at_ + 8);
    if (dimensions == 0 && field.size == empty_header) {
        at_ = end_;
        return;
    }
    if (dimensions > 1)
        throw decode_error("an array of " + std::to_string(dimensions) +
                           " dimensions: a std::vector takes one of one dimension only");
    if (dimensions != 1 || field.size < header) throw_malformed(type_, "its header is cut short");
    const auto count = wire::load<std::int32_t>(at_ + 12);
    at_ += header;
    if (count < 0 || count > (end_ - at_) / 4)
        throw_malformed(type_, "it has fewer bytes than elements need");
    count_ = static_cast<std::size_t>(count);
    if (count_ == 0 && at_ != end_) throw_malformed(type_, "bytes are left over");
}

std::int32_t array_reader::take_size() {
    if (end_ - at_ < 4) throw_malformed(type_, "an element is missing");
    const auto size = wire::load<std::int32_t>(at_);
    at_ += 4;
    if (size < -1 || size > end_ - at_) throw_malformed(type_, "an element is larger than the rest");
    return size;
}

// With the last element all bytes must be used up.
field_view array_reader::next() {
    if (taken_ == count_) throw_malformed(type_, "an element is missing");
    const std::int32_t size = take_size();
    const field_view element{at_, size};
    if (size > 0) at_ += size;
    if (++taken_ == count_ && at_ != end_) throw_malformed(type_, "bytes are left over");
    return element;
}

void array_reader::throw_null_element() const {
    throw decode_error("a NULL in an array of type " + std::string(sql::name_of(type_)) +
                       ": read it into a std::vector<std::optional<...>>");
}

array_writer::array_writer(std::string& out, sql::type array, std::size_t count)
    : out_(out), header_(out.size()) {
    if (count > most_elements)
        throw value_error("an array of " + std::to_string(count) + " elements: PostgreSQL holds at most " +
                          std::to_string(most_elements));
    wire::append(out, std::int32_t{count == 0 ? 0 : 1});
    wire::append(out, std::int32_t{0});
    wire::append(out, sql::parameter_oid_of({array.kind, false, array.identity}));
    if (count == 0) return;
    wire::append(out, static_cast<std::int32_t>(count));
    wire::append(out, std::int32_t{1});
}

void array_writer::begin_element() {
    wire::append(out_, std::int32_t{0});
    element_ = out_.size();
}

void array_writer::end_element() {
    wire::store(out_.data() + element_ - 4, static_cast<std::int32_t>(out_.size() - element_));
}

void array_writer::null_element() {
    wire::append(out_, std::int32_t{-1});
    wire::store(out_.data() + header_ + 4, std::int32_t{1});
}

}  // namespace orm::inline v0::postgres::detail
