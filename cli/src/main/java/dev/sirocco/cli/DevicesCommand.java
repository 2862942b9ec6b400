package dev.sirocco.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sirocco.cli.device.InstalledSdk;
import dev.sirocco.cli.device.ListedDevice;
import dev.sirocco.cli.device.RuntimeDevices;
import dev.sirocco.cli.sdk.SdkException;
import dev.sirocco.cli.sdk.SdkInstallation;
import dev.sirocco.cli.sdk.SdkLaunch;
import dev.sirocco.config.DeviceProfile;
import dev.sirocco.config.ProfileCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description = "Lists the devices that a model can run on, the default first, and why others are absent.")
final class DevicesCommand implements Runnable {
    private final Console console;

    @Mixin
    private RuntimeOption runtime;

    @Mixin
    private ProfileOption profiles;

    @Option(names = "--json", description = "Print an object with devices and absent drivers.")
    private boolean json;

    DevicesCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        RuntimeDevices devices = runtime.devices("auto");
        List<ListedDevice> found = new ArrayList<>(devices.list());
        Map<String, String> absent = new LinkedHashMap<>(devices.absences());
        if (runtime.listsBoth()) {
            addThoseOfAnSdk(found, absent);
        }
        ProfileCatalog catalog = profiles.catalog();
        if (json) {
            JsonOutput.object(console, out -> writeJson(out, found, absent, catalog));
            return;
        }
        int width =
                found.stream().mapToInt(device -> device.id().length()).max().orElse(0);
        for (ListedDevice device : found) {
            console.println(device.id() + " ".repeat(width - device.id().length()) + "  "
                    + Printable.oneLine(device.name()) + ", " + Printable.oneLine(device.version()));
            String indent = " ".repeat(width) + "  ";
            console.println(indent + device.kind() + ", platform " + Printable.oneLine(device.platform()) + ", vendor "
                    + Printable.oneLine(device.vendor()));
            console.println(indent + capabilities(device));
            console.println(indent + limits(device));
            DeviceProfile profile = profile(catalog, device);
            String settings = profile.settings().entrySet().stream()
                    .map(setting -> setting.getKey() + " " + setting.getValue())
                    .collect(Collectors.joining(", "));
            console.println(
                    indent + "profile " + Printable.oneLine(String.join(" + ", profile.sources()) + ": " + settings));
        }
        absent.forEach((driver, reason) -> console.println(driver + ": no device: " + Printable.oneLine(reason)));
    }

    private static void addThoseOfAnSdk(List<ListedDevice> found, Map<String, String> absent) {
        try {
            found.addAll(InstalledSdk.devices(new SdkLaunch(SdkInstallation.ofUser()), Main.class));
        } catch (SdkException e) {
            absent.put("tornadovm", e.getMessage());
        }
    }

    private static String capabilities(ListedDevice device) {
        return device.computeUnits()
                + (device.computeUnits() == 1 ? " compute unit, " : " compute units, ")
                + Printable.bytes(device.memoryBytes())
                + (device.sharesHostMemory() ? ", zero-copy" : ", copies")
                + (device.fp16() ? ", fp16" : ", no fp16")
                + (device.fp64() ? ", fp64" : ", no fp64");
    }

    /** {@return what one array and one work-group can have} */
    private static String limits(ListedDevice device) {
        String groups = device.maxWorkGroupSize() == Integer.MAX_VALUE
                ? "work-groups of any size"
                : "work-groups of at most " + device.maxWorkGroupSize();
        return groups + ", local memory " + Printable.bytes(device.localMemoryBytes()) + ", largest array "
                + Printable.bytes(device.maxAllocationBytes());
    }

    /** {@return the settings that a model gets on this device} */
    private static DeviceProfile profile(ProfileCatalog catalog, ListedDevice device) {
        return catalog.forDevice(ProfileSettings.traits(device));
    }

    private static void writeJson(
            JsonGenerator out, List<ListedDevice> found, Map<String, String> absent, ProfileCatalog catalog)
            throws IOException {
        out.writeArrayFieldStart("devices");
        for (ListedDevice device : found) {
            out.writeStartObject();
            out.writeStringField("id", device.id());
            out.writeStringField("runtime", device.runtime());
            out.writeStringField("kind", device.kind());
            out.writeStringField("platform", device.platform());
            out.writeStringField("vendor", device.vendor());
            out.writeStringField("name", device.name());
            out.writeStringField("version", device.version());
            out.writeNumberField("memory_bytes", device.memoryBytes());
            out.writeNumberField("max_allocation_bytes", device.maxAllocationBytes());
            out.writeNumberField("local_memory_bytes", device.localMemoryBytes());
            out.writeNumberField("max_work_group_size", device.maxWorkGroupSize());
            out.writeNumberField("compute_units", device.computeUnits());
            out.writeBooleanField("zero_copy", device.sharesHostMemory());
            out.writeBooleanField("fp16", device.fp16());
            out.writeBooleanField("fp64", device.fp64());
            out.writeBooleanField("default", device == found.getFirst());
            DeviceProfile profile = profile(catalog, device);
            out.writeObjectFieldStart("profile");
            out.writeArrayFieldStart("sources");
            for (String source : profile.sources()) {
                out.writeString(source);
            }
            out.writeEndArray();
            for (Map.Entry<String, Object> setting : profile.settings().entrySet()) {
                out.writeObjectField(setting.getKey(), setting.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("absent");
        for (Map.Entry<String, String> driver : absent.entrySet()) {
            out.writeStartObject();
            out.writeStringField("driver", driver.getKey());
            out.writeStringField("reason", driver.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
