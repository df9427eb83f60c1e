// orm::point, line, lseg, box, circle, path and polygon in models and queries.
#pragma once

#include <asynchrormous/postgres/geometry_codec.hpp>
#include <asynchrormous/sql/geometry.hpp>
