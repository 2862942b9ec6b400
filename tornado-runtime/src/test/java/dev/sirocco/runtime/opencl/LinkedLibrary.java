package dev.sirocco.runtime.opencl;

import dev.sirocco.runtime.StandIn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** OpenCL's loader with some functions replaced by C of the tests. */
final class LinkedLibrary {
    private LinkedLibrary() {}

    /**
     * {@return the library, or why there is none}
     *
     * @param name    of a source of src/test/c
     * @param options for the compiler
     */
    static OpenClLibrary of(String name, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-Wl,--no-as-needed", "-l:libOpenCL.so.1"));
        try {
            String library = StandIn.build(name, all.toArray(String[]::new)).toString();
            return OpenClLibrary.open(List.of(library), "it is a test");
        } catch (IOException missing) {
            return new OpenClLibrary.Absent(missing.getMessage());
        }
    }
}
