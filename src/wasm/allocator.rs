//! The allocator of the wasm: it wipes what it frees.
//!
//! Tokens come in as text, pass through JSON buffers and leave in request bodies. Instead of following each copy, every
//! freed block is overwritten, so that nothing of a call stays behind in the instance's memory, which anybody on the
//! page who holds the instance can read and which ends up in crash dumps.

#![expect(unsafe_code, reason = "an allocator is unsafe by its trait; it adds one write inside the block being freed")]

use std::alloc::{GlobalAlloc, Layout};

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

/// An allocator that takes less code than the platform's, wiping. `realloc` is the trait's own: a new block, a copy, and a
/// wiped old block.
pub(super) struct Wiping(WasmDynamicTalc);

// SAFETY: every call goes to the inner allocator with the arguments it came with; the write stays inside the block, which
// is ours until the inner `dealloc` gets it.
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe {
            block.write_bytes(0, layout.size());
            // Nobody reads the zeros; without this the compiler may leave them out.
            std::hint::black_box(block);
            self.0.dealloc(block, layout);
        }
    }
}

#[global_allocator]
static ALLOCATOR: Wiping = Wiping(new_wasm_dynamic_allocator());
