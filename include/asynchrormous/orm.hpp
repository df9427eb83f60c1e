// Everything: models, QuerySets, databases, transactions, and coroutines where the compiler has them
// (g++ before 13 miscompiles them: there the blocking API and lazy proxies remain).
#pragma once

#include <asynchrormous/model/embedded.hpp>
#include <asynchrormous/model/error.hpp>
#include <asynchrormous/model/foreign_key.hpp>
#include <asynchrormous/model/meta.hpp>
#include <asynchrormous/model/shared_columns.hpp>
#include <asynchrormous/model/validators.hpp>
#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/postgres/hooks.hpp>
#include <asynchrormous/query/advisory_lock.hpp>
#include <asynchrormous/query/atomic.hpp>
#include <asynchrormous/query/constraints.hpp>
#include <asynchrormous/query/functions.hpp>
#include <asynchrormous/query/manager.hpp>
#include <asynchrormous/query/n_plus_one.hpp>
#include <asynchrormous/query/retry.hpp>
#include <asynchrormous/query/soft_manager.hpp>
#include <asynchrormous/runtime/coroutine_support.hpp>
#include <asynchrormous/runtime/hooks.hpp>
#include <asynchrormous/runtime/sleep.hpp>
#include <asynchrormous/schema/tables.hpp>
#include <asynchrormous/sql/bytes.hpp>
#include <asynchrormous/sql/date.hpp>
#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/timestamp.hpp>
#include <asynchrormous/sql/uuid.hpp>

#if ORM_HAS_COROUTINES
#include <asynchrormous/runtime/task.hpp>
#include <asynchrormous/runtime/when_all.hpp>
#endif
