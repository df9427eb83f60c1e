// All functions of the database that have a name of their own here; each kind has its header in functions/.
#pragma once

#include <asynchrormous/query/cast.hpp>
#include <asynchrormous/query/functions/json.hpp>
#include <asynchrormous/query/functions/math.hpp>
#include <asynchrormous/query/functions/random.hpp>
#include <asynchrormous/query/functions/search.hpp>
#include <asynchrormous/query/functions/text.hpp>
#include <asynchrormous/query/functions/time.hpp>
#include <asynchrormous/query/functions/trigram.hpp>
