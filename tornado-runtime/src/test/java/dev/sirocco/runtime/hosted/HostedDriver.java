package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.Driver;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.runtime.ptx.PtxCard;
import java.util.ArrayList;
import java.util.List;

/** Two devices: {@code hosted:ptx}, and {@code hosted:spirv} where Debian's translator of SPIR-V is installed. */
public final class HostedDriver implements Driver {
    private List<Device> devices;

    @Override
    public String name() {
        return "hosted";
    }

    @Override
    public synchronized List<Device> devices() {
        if (devices == null) {
            devices = switch (LlvmLibrary.get()) {
                case LlvmLibrary.Absent _ -> List.of();
                case LlvmLibrary.Present _ -> {
                    List<Device> found = new ArrayList<>();
                    found.add(new HostedDevice("ptx", new PtxCard(NvidiaArchitecture.AMPERE)));
                    SpirvTranslator.find()
                            .ifPresent(
                                    translator -> found.add(new HostedDevice("spirv", HostedCode.spirv(translator))));
                    yield List.copyOf(found);
                }
            };
        }
        return devices;
    }

    @Override
    public String absence() {
        return "";
    }
}
