// orm::range<T> and orm::multirange<T> in models and queries, with Django's lookups of ranges: contains,
// contained_by, overlap, fully_lt, fully_gt, not_lt, not_gt, adjacent_to, and the transforms startswith,
// endswith, isempty, lower_inc, lower_inf, upper_inc, upper_inf. A single value stands for the range of it.
#pragma once

#include <asynchrormous/postgres/range_codec.hpp>
#include <asynchrormous/sql/range.hpp>
