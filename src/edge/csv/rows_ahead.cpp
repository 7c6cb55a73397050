#include "edge/csv/rows_ahead.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace horisont {
namespace {

constexpr std::size_t blocks_ahead = 4, text_of_block = 256 << 10, rows_of_block = 4096;

// Rows with texts of their own. The text never grows past its room, so that the views of its cells stay where they are.
struct Block {
  std::string text;
  std::vector<CellView> cells;
  struct Line {
    std::uint32_t number;
    std::size_t end;  // in cells
  };
  std::vector<Line> lines;
  std::uint64_t bytes_read = 0;
  std::optional<Problem> problem;
  std::exception_ptr thrown;
  bool last = false;
};

}  // namespace

struct RowsAhead::State {
  explicit State(CsvReader from) : reader(std::move(from)), total(reader.bytes_total()) {}

  CsvReader reader;  // the other thread's until it has ended
  const std::uint64_t total;
  std::mutex lock;
  std::condition_variable changed;
  std::deque<std::unique_ptr<Block>> ready;
  std::unique_ptr<Block> spare;
  bool stopped = false;
  std::thread thread;

  // The reader's thread only:
  std::unique_ptr<Block> block;
  std::size_t line = 0, cell = 0;
  RowView row;

  void cut();
  bool give(std::unique_ptr<Block>);
  void end() {
    {
      const std::lock_guard hold(lock);
      stopped = true;
    }
    changed.notify_all();
    if (thread.joinable()) thread.join();
  }
};

// Hands a block over; false when nobody wants more.
bool RowsAhead::State::give(std::unique_ptr<Block> made) {
  std::unique_lock hold(lock);
  changed.wait(hold, [&] { return stopped || ready.size() < blocks_ahead; });
  if (stopped) return false;
  ready.push_back(std::move(made));
  changed.notify_all();
  return true;
}

void RowsAhead::State::cut() {
  const auto empty = [&] {
    std::unique_ptr<Block> made;
    {
      const std::lock_guard hold(lock);
      made = std::move(spare);
    }
    if (!made) made = std::make_unique<Block>();
    made->text.clear(), made->cells.clear(), made->lines.clear();
    return made;
  };
  auto filling = empty();
  try {
    for (;;) {
      const auto next = reader.next();
      if (!next || *next == nullptr) {
        if (!next) filling->problem = next.error();
        break;
      }
      std::size_t room = 0;
      for (const CellView& one : (*next)->cells) room += one.text.size();
      const bool full = filling->lines.size() == rows_of_block || filling->text.size() + room > filling->text.capacity();
      if (full && !filling->lines.empty()) {
        filling->bytes_read = reader.bytes_read();
        if (!give(std::move(filling))) return;
        filling = empty();
      }
      if (filling->lines.empty()) filling->text.reserve(std::max(text_of_block, room));
      for (const CellView& one : (*next)->cells) {
        CellView copy = one;
        const char* const at = filling->text.data() + filling->text.size();
        filling->text += one.text;
        copy.text = {at, one.text.size()};
        filling->cells.push_back(copy);
      }
      filling->lines.push_back({(*next)->number, filling->cells.size()});
    }
  } catch (...) {
    filling->thrown = std::current_exception();
  }
  filling->last = true;
  filling->bytes_read = total;
  give(std::move(filling));
}

RowsAhead::RowsAhead(CsvReader reader) : state_(std::make_unique<State>(std::move(reader))) {
  state_->thread = std::thread([state = state_.get()] { state->cut(); });
}
RowsAhead::~RowsAhead() { state_->end(); }

Result<const RowView*> RowsAhead::next() {
  State& state = *state_;
  while (!state.block || state.line == state.block->lines.size()) {
    if (state.block && state.block->last) {
      if (state.block->thrown) std::rethrow_exception(state.block->thrown);
      if (state.block->problem) return tl::make_unexpected(*state.block->problem);
      return nullptr;
    }
    std::unique_lock hold(state.lock);
    state.spare = std::move(state.block);
    state.changed.wait(hold, [&] { return !state.ready.empty(); });
    state.block = std::move(state.ready.front());
    state.ready.pop_front();
    state.line = state.cell = 0;
    state.changed.notify_all();
  }
  const Block& block = *state.block;
  const Block::Line& line = block.lines[state.line++];
  state.row = {.number = line.number, .cells = std::span(block.cells).subspan(state.cell, line.end - state.cell)};
  state.cell = line.end;
  return &state.row;
}

std::uint64_t RowsAhead::bytes_read() const { return state_->block ? state_->block->bytes_read : 0; }
std::uint64_t RowsAhead::bytes_total() const { return state_->total; }
const std::string& RowsAhead::encoding() const { return state_->reader.encoding(); }
const std::vector<Finding>& RowsAhead::findings() {
  state_->end();
  return state_->reader.findings();
}

}  // namespace horisont
