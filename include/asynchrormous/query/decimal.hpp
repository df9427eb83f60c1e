// orm::decimal in models and queries: a numeric column, exact sums and averages, arithmetic with F.
#pragma once

#include <asynchrormous/postgres/decimal_codec.hpp>
#include <asynchrormous/sql/decimal.hpp>
