// orm::inet, orm::cidr, orm::macaddr and orm::macaddr8 in models and queries; lookups of the first two:
// net_contains, net_contained_by, net_overlap, each with the network itself in it.
#pragma once

#include <asynchrormous/postgres/network_codec.hpp>
#include <asynchrormous/sql/network.hpp>
