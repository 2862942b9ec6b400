/**
 * LLVM, called directly through its C interface.
 *
 * <p>Entry types: {@link dev.sirocco.runtime.llvm.LlvmLibrary} says whether LLVM is there, and {@link
 * dev.sirocco.runtime.llvm.HostCompiler} turns LLVM IR into machine code of this process. The library comes from the
 * class path ({@code org.bytedeco:llvm}, the jar of the host's platform) and is unpacked once into the user's cache
 * folder; its Java bindings are not used.
 *
 * <p>Invariants: every LLVM object has one owner, an {@code AutoCloseable} here, that frees it; a module is worked on
 * in a context of its own, so that modules are compiled in parallel; whatever LLVM complains about arrives as an
 * {@link dev.sirocco.runtime.llvm.LlvmException} with LLVM's words.
 *
 * <p>What stays out: kernels and devices.
 */
package dev.sirocco.runtime.llvm;
