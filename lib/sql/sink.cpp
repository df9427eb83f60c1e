#include "sink.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

sql_sink& sql_sink::bind(bound_value value) {
    auto place = std::find(bound_.begin(), bound_.end(), value);
    if (place == bound_.end()) {
        if (bound_.size() + taken_ == most_parameters)
            throw query_error(
                "the statement needs more than 65535 parameters: give lists to `in`, or split it");
        value.append_to(made_.parameters);
        place = bound_.insert(bound_.end(), value);
    }
    append_placeholder(text_, static_cast<std::size_t>(place - bound_.begin()) + taken_ + 1,
                       value.type_of_value());
    return *this;
}

}  // namespace orm::inline v0::sql
