package dev.sirocco.runtime.driver;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this machine has. */
public final class HostMemory {
    private HostMemory() {}

    /**
     * {@return bytes of physical memory}. On Linux the kernel's own table is read, because loading the management
     * classes takes longer than everything else that a device description needs.
     */
    public static long totalBytes() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow(() -> new IOException("no MemTotal in /proc/meminfo"))
                    * 1024;
        } catch (IOException notLinux) {
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getTotalMemorySize();
        }
    }
}
