package dev.sirocco.cli.device;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sirocco.cli.sdk.SdkException;
import dev.sirocco.cli.sdk.SdkLaunch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks an installed TornadoVM SDK for its devices: this program's own command, started there, lists them. */
public final class InstalledSdk {
    private InstalledSdk() {}

    /**
     * {@return the SDK's devices}
     *
     * @param main the class that starts this program
     * @throws SdkException when the SDK cannot be started or ends without an answer
     */
    public static List<ListedDevice> devices(SdkLaunch launch, Class<?> main) {
        Process process = launch.startQuietly(main, List.of("devices", "--runtime", "tornadovm", "--json"));
        try (InputStream answer = process.getInputStream()) {
            List<ListedDevice> devices = parse(answer);
            process.waitFor();
            return devices;
        } catch (IOException e) {
            throw new SdkException("the TornadoVM SDK gives no list of devices; --runtime tornadovm shows why", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SdkException("interrupted while the TornadoVM SDK was listing its devices", e);
        } finally {
            process.destroy();
        }
    }

    /** Reads the objects in the array {@code devices}; what is in objects and arrays within them is passed over. */
    static List<ListedDevice> parse(InputStream json) throws IOException {
        List<ListedDevice> devices = new ArrayList<>();
        try (JsonParser parser = JsonFactory.builder().build().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_ARRAY && "devices".equals(parser.currentName())) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        devices.add(device(parser));
                    }
                    return devices;
                }
            }
        }
        throw new IOException("there is no list of devices");
    }

    private static ListedDevice device(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken().isScalarValue()) {
                fields.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        String id = fields.getOrDefault("id", "");
        return new ListedDevice(
                id,
                fields.getOrDefault("runtime", ""),
                id.substring(0, Math.max(0, id.indexOf(':'))),
                fields.getOrDefault("kind", "accelerator"),
                fields.getOrDefault("platform", ""),
                fields.getOrDefault("vendor", ""),
                fields.getOrDefault("name", ""),
                fields.getOrDefault("version", ""),
                Long.parseLong(fields.getOrDefault("memory_bytes", "0")),
                Long.parseLong(fields.getOrDefault("max_allocation_bytes", "0")),
                Long.parseLong(fields.getOrDefault("local_memory_bytes", "0")),
                Integer.parseInt(fields.getOrDefault("max_work_group_size", "0")),
                Integer.parseInt(fields.getOrDefault("compute_units", "0")),
                Boolean.parseBoolean(fields.get("zero_copy")),
                Boolean.parseBoolean(fields.get("fp16")),
                Boolean.parseBoolean(fields.get("fp64")));
    }
}
