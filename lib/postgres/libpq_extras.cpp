#include "libpq_extras.hpp"

#include <dlfcn.h>

namespace orm::inline v0::postgres {
namespace {

// Looked up at run time, not as weak symbols: a static link would settle those to null for ever.
template <class Function>
void find(Function*& out, const char* name) noexcept {
    out = reinterpret_cast<Function*>(::dlsym(RTLD_DEFAULT, name));
}

libpq_extras load() noexcept {
    libpq_extras found;
    find(found.send_pipeline_sync, "PQsendPipelineSync");
    find(found.send_close_prepared, "PQsendClosePrepared");
    find(found.cancel_create, "PQcancelCreate");
    find(found.cancel_start, "PQcancelStart");
    find(found.cancel_poll, "PQcancelPoll");
    find(found.cancel_socket, "PQcancelSocket");
    find(found.cancel_finish, "PQcancelFinish");
    find(found.ssl_pending, "SSL_pending");
    return found;
}

}  // namespace

const libpq_extras& extras() noexcept {
    static const libpq_extras found = load();
    return found;
}

}  // namespace orm::inline v0::postgres
