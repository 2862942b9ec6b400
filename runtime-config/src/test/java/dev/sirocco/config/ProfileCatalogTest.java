package dev.sirocco.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfileCatalogTest {
    @TempDir
    private Path folder;

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }

    private DeviceProfile profile(String driver, String name) {
        return ProfileCatalog.load(folder, Optional.empty()).forDevice(device(driver, name));
    }

    private static DeviceTraits device(String driver, String name) {
        return new DeviceTraits(driver, "cpu", "any", "any", name);
    }

    @Test
    void everyDeviceHasAProfileWithoutAnyFileOfTheUser() {
        ProfileCatalog shipped = ProfileCatalog.load(folder.resolve("absent"), Optional.empty());
        assertEquals(
                List.of("default", "cpu"),
                shipped.forDevice(device("cpu", "any")).sources());
        assertEquals(
                List.of("default", "reference"),
                shipped.forDevice(device("reference", "any")).sources());
        assertEquals(
                List.of("default"),
                shipped.forDevice(device("unheard-of", "any")).sources());
        assertEquals(16, shipped.forDevice(device("reference", "any")).prefillChunk());
    }

    @ParameterizedTest
    @CsvSource({
        "nvidia-ampere, default cuda nvidia-ampere",
        "cuda, default cuda",
        "amd, default opencl-gpu amd",
        "fpga-intel, default fpga-intel",
        "mine, default opencl-gpu amd mine"
    })
    void aNamedProfileLiesOverThoseThatMatchWhateverItDoes(String name, String sources) throws IOException {
        write("mine.yaml", """
                profile: mine
                match: {driver: opencl, kind: gpu, vendor: 'Advanced Micro Devices|AMD', name: gfx90a}
                """);
        DeviceProfile named = ProfileCatalog.load(folder, Optional.empty()).named(name);
        assertEquals(List.of(sources.split(" ")), named.sources());
        assertEquals(!name.equals("fpga-intel"), named.kernels().workgroups());
    }

    @Test
    void aUsersProfileWinsKeyByKey() throws IOException {
        DeviceProfile before = profile("cpu", "Ryzen 9");
        write("mine.yaml", "profile: mine\nmatch: {driver: cpu, name: 'Ryzen \\d'}\nprefill_chunk: 77\n");
        DeviceProfile after = profile("cpu", "Ryzen 9");
        assertEquals(77, after.prefillChunk());
        assertEquals(before.memoryShare(), after.memoryShare());
        assertEquals(List.of("default", "cpu", "mine"), after.sources());
    }

    @Test
    void aProfileLeavesDevicesThatItDoesNotMatchAlone() throws IOException {
        write("mine.yaml", "profile: mine\nmatch:\n  driver: cpu\n  name: Ryzen\nprefill_chunk: 77\n");
        assertEquals(List.of("default", "cpu"), profile("cpu", "Xeon").sources());
        assertEquals(
                List.of("default", "opencl-cpu"), profile("opencl", "Ryzen").sources());
    }

    @Test
    void laterFileNamesWin() throws IOException {
        write("20.yaml", "profile: b\nprefill_chunk: 20\n");
        write("10.yaml", "profile: a\nprefill_chunk: 10\nmemory_share: 0.5\n");
        DeviceProfile profile = profile("cpu", "x");
        assertEquals(20, profile.prefillChunk());
        assertEquals(0.5, profile.memoryShare());
    }

    @Test
    void filesThatAreNoYamlAreLeftAlone() throws IOException {
        write("notes.txt", "]]]");
        assertEquals(List.of("default", "cpu"), profile("cpu", "x").sources());
    }

    @Test
    void anOverrideIsForEveryDevice() throws IOException {
        Path override = write("special", "profile: special\nmatch: {driver: cuda}\nprefill_chunk: 3\n");
        DeviceProfile profile =
                ProfileCatalog.load(folder, Optional.of(override)).forDevice(device("cpu", "x"));
        assertEquals(3, profile.prefillChunk());
        assertEquals("special", profile.sources().getLast());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "prefill_chunk: 3                                 | 1: profile: is missing",
                "profile: x;prefil_chunk: 3 | 2: prefil_chunk: is not a key of the profile; it has",
                "profile: x;prefill_chunk: 0 | 2: prefill_chunk: '0' must be a whole number from 1 to",
                "profile: x;prefill_chunk: many                   | 2: prefill_chunk: 'many' must be a whole number",
                "profile: x;prefill_chunk: [1]                    | 2: prefill_chunk: must be a text",
                "profile: x;memory_share: 1.5                     | 2: memory_share: '1.5' must be a number above 0",
                "profile: x;kernel_shape: rows                    | 2: kernel_shape: 'rows' must be row or workgroup",
                "profile: x;tile: 48                              | 2: tile: '48' must be one of 16, 32, 64",
                "profile: x;match: {kind: tpu}                    | 2: match.kind: 'tpu' must be cpu, gpu, accelerator",
                "profile: x;memory_share: NaN                     | 2: memory_share: 'NaN' must be a number above 0",
                "profile: x;;match:;  nane: y                     | 4: nane: is not a key of match",
                "profile: x;match: cpu                            | 2: match: must be a list of",
                "profile: x;match: {name: '(['}                   | 2: match.name: '([' is not a regular expression",
                "profile: x;profile: y                            | 2: profile: is there twice",
                "profile: [                                       | 2: is not YAML",
                "profile: !!javax.script.ScriptEngineManager []   | 1: is not YAML: Global tag is not allowed",
                "- a                                              | 1: the profile: must be a list of",
            })
    void anErrorNamesFileLineAndKey(String yaml, String problem) throws IOException {
        Path file = write("bad.yaml", yaml.replace(';', '\n') + "\n");
        String message =
                assertThrows(ProfileException.class, () -> profile("cpu", "x")).getMessage();
        assertTrue(message.startsWith(file + ":" + problem), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        write("bad.yaml", "# nothing\n");
        assertTrue(assertThrows(ProfileException.class, () -> profile("cpu", "x"))
                .getMessage()
                .contains("bad.yaml: is empty"));
    }

    @Test
    void aMissingOverrideIsNamed() {
        Path absent = folder.resolve("absent.yaml");
        assertTrue(assertThrows(ProfileException.class, () -> ProfileCatalog.load(folder, Optional.of(absent)))
                .getMessage()
                .startsWith(absent + ": does not exist"));
    }

    @Test
    void theUsersFolderFollowsTheXdgSpecification() {
        assertEquals(Path.of("/c/sirocco/profiles"), ProfileCatalog.userFolder("/c", "/home/u"));
        assertEquals(Path.of("/home/u/.config/sirocco/profiles"), ProfileCatalog.userFolder(null, "/home/u"));
        assertEquals(Path.of("/home/u/.config/sirocco/profiles"), ProfileCatalog.userFolder("", "/home/u"));
    }

    @Test
    void theBudgetIsAShareOfTheMemory() {
        assertEquals(500, of(1, 0.5).budgetBytes(1000));
        assertThrows(IllegalArgumentException.class, () -> of(0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> of(1, Double.NaN));
    }

    private static DeviceProfile of(int prefillChunk, double memoryShare) {
        KernelProfile kernels = new KernelProfile(false, 8, 8, 1, false, 16, false, 1, 1);
        return new DeviceProfile(List.of("x"), prefillChunk, memoryShare, kernels, "", "opencl-c", Optional.empty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu | LLVM | AuthenticAMD | EPYC | opencl | opencl-cpu | row",
                "gpu | NVIDIA CUDA | NVIDIA Corporation | NVIDIA H100 | opencl | nvidia | workgroup",
                "gpu | AMD Accelerated Par | Advanced Micro Devices, Inc. | gfx1100 | opencl | amd | workgroup",
                "gpu | Intel OpenCL | Intel(R) Corporation | Iris Xe | opencl | intel-integrated | workgroup",
                "gpu | Clover | somebody | something | opencl | opencl-gpu | workgroup",
                "accelerator | Intel(R) FPGA | Intel(R) Corporation | a10gx | opencl | fpga-intel | row",
                "accelerator | Xilinx | Xilinx | xilinx_u250 | opencl | fpga-xilinx | row",
                "gpu | NVIDIA CUDA | NVIDIA Corporation | GTX 1080 (CUDA 12.2, sm_61) | cuda | cuda | workgroup",
                "gpu | NVIDIA CUDA | NVIDIA Corporation | V100 (CUDA 12.2, sm_70) | cuda | nvidia-volta | workgroup",
                "gpu | NVIDIA CUDA | NVIDIA Corporation | T4 (CUDA 12.2, sm_75) | cuda | nvidia-turing | workgroup",
                "gpu | NVIDIA CUDA | NVIDIA Corporation | A100 (CUDA 12.2, sm_80) | cuda | nvidia-ampere | workgroup",
                "gpu | NVIDIA CUDA | NVIDIA | A40 (CUDA 12.2, sm_86) | cuda | nvidia-ampere-consumer | workgroup",
                "gpu | NVIDIA CUDA | NVIDIA Corporation | L40S (CUDA 12.2, sm_89) | cuda | nvidia-ada | workgroup",
                "gpu | NVIDIA CUDA | NVIDIA Corporation | H100 (CUDA 12.2, sm_90) | cuda | nvidia-hopper | workgroup",
                "gpu | NVIDIA CUDA | NVIDIA | B200 (CUDA 12.8, sm_100) | cuda | nvidia-blackwell | workgroup",
                "gpu | NVIDIA CUDA | NVIDIA | 5090 (CUDA 12.8, sm_120) | cuda | nvidia-blackwell-consumer | workgroup",
            })
    void shippedProfilesKnowKindsOfDevices(
            String kind, String platform, String vendor, String name, String driver, String profile, String shape) {
        DeviceProfile found = ProfileCatalog.load(folder, Optional.empty())
                .forDevice(new DeviceTraits(driver, kind, platform, vendor, name));
        assertEquals(profile, found.sources().getLast());
        assertEquals(shape, found.settings().get("kernel_shape"));
        String loads = driver.equals("cuda") ? "strips" : "parts";
        assertEquals(shape.equals("row") ? null : loads, found.settings().get("block_loads"));
    }

    @Test
    void binariesLieBesideTheProfileUnlessThePathIsWhole() throws IOException {
        write("mine.yaml", "profile: mine\nbinaries: fpga/v1\n");
        assertEquals(
                folder.resolve("fpga/v1").toAbsolutePath(),
                profile("opencl", "x").binaries().orElseThrow());
        write("mine.yaml", "profile: mine\nbinaries: /opt/fpga\n");
        assertEquals(Path.of("/opt/fpga"), profile("opencl", "x").binaries().orElseThrow());
    }

    @Test
    void sizesThatDoNotFitEachOtherAreRefusedWithTheirProfiles() throws IOException {
        write("mine.yaml", "profile: mine\nvector_lanes: 256\n");
        assertEquals(
                "profile default + opencl-cpu + mine: vector_lanes 256 × vector_rows 4 is more than 512;"
                        + " make one of them smaller",
                assertThrows(ProfileException.class, () -> profile("opencl", "x"))
                        .getMessage());
    }

    @Test
    void settingsShowSizesOfWorkGroupsWhereThereAreSome() throws IOException {
        assertEquals(
                List.of("prefill_chunk", "memory_share", "kernel_shape"),
                List.copyOf(profile("cpu", "x").settings().keySet()));
        write(
                "mine.yaml",
                "profile: mine\nkernel_shape: workgroup\ntensor_cores: yes\n"
                        + "code: spirv\nbuild_options: -DX\nbinaries: b\n");
        assertEquals(
                ProfileKey.ALL.stream().map(ProfileKey::name).toList(),
                List.copyOf(profile("cpu", "x").settings().keySet()));
    }
}
