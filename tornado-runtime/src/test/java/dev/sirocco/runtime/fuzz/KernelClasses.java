package dev.sirocco.runtime.fuzz;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles kernels from source and loads them. */
public final class KernelClasses {
    private static final String HEAD = """
            import uk.ac.manchester.tornado.api.KernelContext;
            import uk.ac.manchester.tornado.api.annotations.Parallel;
            import uk.ac.manchester.tornado.api.math.TornadoMath;
            import uk.ac.manchester.tornado.api.types.HalfFloat;
            import uk.ac.manchester.tornado.api.types.arrays.*;

            class NAME {
                private static int helper(int a, int b) {
                    int n = a;
                    if (a < b) {
                        return a - b;
                    }
                    for (int i = 0; i < 3; i++) {
                        if ((n & i) == 2) {
                            return b + i;
                        }
                        n += i;
                    }
                    return n ^ b;
                }

            """;

    private final Path folder;
    private int classes;

    /** @param folder for class files */
    public KernelClasses(Path folder) {
        this.folder = folder;
    }

    /** {@return the methods, by their names} */
    public Map<String, Method> compile(List<String> methods) {
        String name = "Fuzzed" + classes++;
        String source = HEAD.replace("NAME", name) + String.join("\n", methods) + "}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SimpleJavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-g",
                "-Xlint:none",
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"));
        if (!compiler.getTask(messages, null, null, options, null, List.of(file))
                .call()) {
            throw new AssertionError(messages + source);
        }
        try {
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {folder.toUri().toURL()}, KernelClasses.class.getClassLoader());
            Map<String, Method> found = new HashMap<>();
            for (Method method : loader.loadClass(name).getDeclaredMethods()) {
                method.setAccessible(true);
                found.put(method.getName(), method);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
