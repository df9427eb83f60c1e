#include "loop_internals.hpp"

#include <asynchrormous/runtime/worker.hpp>

#include <memory>
#include <utility>

namespace orm::inline v0 {

namespace {

struct job {
    uv_work_t uv{};
    event_loop* loop = nullptr;
    callback<> work{};
    callback<> done{};

    static job& of(uv_work_t* raw) { return *static_cast<job*>(raw->data); }
};

}  // namespace

void run_on_worker(event_loop& loop, callback<> work, callback<> done) {
    auto queued = std::make_unique<job>();
    queued->loop = &loop;
    queued->work = std::move(work);
    queued->done = std::move(done);
    queued->uv.data = queued.get();
    check_uv(uv_queue_work(
                 uv_of(loop), &queued->uv, [](uv_work_t* raw) { job::of(raw).work(); },
                 [](uv_work_t* raw, int) {
                     const std::unique_ptr<job> self(&job::of(raw));
                     const tick scope(*self->loop);
                     self->done();
                 }),
             "queueing work for a thread");
    static_cast<void>(queued.release());
}

}  // namespace orm::inline v0
