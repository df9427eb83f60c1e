#include "sink.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

sql_sink& sql_sink::bind(const parameter& value) {
    const auto known = std::find(bound_.begin(), bound_.end(), &value);
    if (known != bound_.end()) return write_number(static_cast<std::size_t>(known - bound_.begin()) + 1);
    bound_.resize(made_.parameters.size());
    bound_.push_back(&value);
    return bind_new(value);
}

sql_sink& sql_sink::bind_new(parameter value) {
    if (made_.parameters.size() == most_parameters)
        throw query_error("the statement needs more than 65535 parameters: give lists to `in`, or split it");
    made_.parameters.push_back(std::move(value));
    return write_number(made_.parameters.size());
}

sql_sink& sql_sink::write_number(std::size_t number) {
    made_.text += '$';
    made_.text += std::to_string(number);
    return *this;
}

}  // namespace orm::inline v0::sql
