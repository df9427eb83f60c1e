#include <asynchrormous/postgres/geometry_codec.hpp>
#include <asynchrormous/postgres/wire.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace orm::inline v0::postgres {

namespace {

// The same list of fields is written and read.
class writer {
public:
    explicit writer(std::string& out) : out_(out) {}
    void operator()(double number) { wire::append(out_, number); }
    void operator()(bool flag) { out_ += flag ? '\1' : '\0'; }
    void operator()(const std::vector<point>& points) {
        wire::append(out_, static_cast<std::int32_t>(points.size()));
        for (const point& each : points) {
            (*this)(each.x);
            (*this)(each.y);
        }
    }

private:
    std::string& out_;
};

class reader {
public:
    reader(field_view field, sql::type type) : field_(field), rest_(field.bytes()), type_(type) {}
    void operator()(double& number) { number = wire::load<double>(take(8)); }
    void operator()(bool& flag) { flag = take(1)[0] != 0; }
    void operator()(std::vector<point>& points) {
        const auto count = static_cast<std::uint32_t>(wire::load<std::int32_t>(take(4)));
        if (rest_.size() != std::size_t{count} * 16)
            detail::throw_malformed(type_, "its size and its number of points disagree");
        points.resize(count);
        for (point& each : points) {
            (*this)(each.x);
            (*this)(each.y);
        }
    }
    void finish() const {
        if (field_.null() || !rest_.empty()) detail::throw_wrong_size(field_, type_);
    }

private:
    const char* take(std::size_t size) {
        if (rest_.size() < size) detail::throw_wrong_size(field_, type_);
        const char* taken = rest_.data();
        rest_.remove_prefix(size);
        return taken;
    }

    field_view field_;
    std::string_view rest_;
    sql::type type_;
};

template <class T, class Visitor>
void visit(T& value, Visitor& each) {
    if constexpr (requires { value.radius; }) {
        visit(value.center, each);
        each(value.radius);
    } else if constexpr (requires { value.closed; }) {
        each(value.closed);
        each(value.points);
    } else if constexpr (requires { value.points; }) {
        each(value.points);
    } else if constexpr (requires { value.high; }) {
        visit(value.high, each);
        visit(value.low, each);
    } else if constexpr (requires { value.from; }) {
        visit(value.from, each);
        visit(value.to, each);
    } else if constexpr (requires { value.c; }) {
        each(value.a);
        each(value.b);
        each(value.c);
    } else {
        each(value.x);
        each(value.y);
    }
}

}  // namespace

template <class T, sql::type_kind Kind>
void geometry_codec<T, Kind>::encode(const T& value, std::string& out) {
    writer to(out);
    visit(value, to);
}

template <class T, sql::type_kind Kind>
T geometry_codec<T, Kind>::decode(field_view field) {
    T value{};
    reader from(field, type);
    visit(value, from);
    from.finish();
    return value;
}

template struct geometry_codec<point, sql::type_kind::point>;
template struct geometry_codec<line, sql::type_kind::line>;
template struct geometry_codec<lseg, sql::type_kind::lseg>;
template struct geometry_codec<box, sql::type_kind::box>;
template struct geometry_codec<circle, sql::type_kind::circle>;
template struct geometry_codec<path, sql::type_kind::path>;
template struct geometry_codec<polygon, sql::type_kind::polygon>;

}  // namespace orm::inline v0::postgres
