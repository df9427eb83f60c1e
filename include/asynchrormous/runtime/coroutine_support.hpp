// Whether this compiler can be trusted with coroutines.
#pragma once

// g++ before 13 destroys temporaries of a co_await expression twice.
#if defined(__clang__) || !defined(__GNUC__) || __GNUC__ >= 13
#define ORM_HAS_COROUTINES 1
#else
#define ORM_HAS_COROUTINES 0
#endif
