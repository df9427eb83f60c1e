#include "sink.hpp"

#include <asynchrormous/sql/error.hpp>

namespace orm::inline v0::sql {

sql_sink& sql_sink::bind(parameter value) {
    if (made_.parameters.size() == most_parameters)
        throw query_error("the statement needs more than 65535 parameters: give lists to `in`, or split it");
    made_.parameters.push_back(std::move(value));
    made_.text += '$';
    made_.text += std::to_string(made_.parameters.size());
    return *this;
}

}  // namespace orm::inline v0::sql
