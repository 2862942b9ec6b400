package dev.sirocco.runtime.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JointCompilationsTest implements JointCompilations.Compiler<String, String> {
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    private final JointCompilations<String, String> compilations = new JointCompilations<>(this);

    @Override
    public void begin(String first) {
        begun.add(first);
        started.countDown();
        await(go);
        if (first.equals("loud")) {
            throw new IllegalStateException("a compiler that cannot begin");
        }
    }

    @Override
    public List<Callable<String>> compile(List<String> sources) {
        batches.add(sources);
        if (sources.contains("stop")) {
            throw new IllegalArgumentException("stopped");
        }
        return sources.stream()
                .map(source -> (Callable<String>) () -> outcome(source))
                .toList();
    }

    private static String outcome(String source) {
        if (source.equals("bad")) {
            throw new IllegalStateException("bad source");
        }
        return source + "!";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Pending<String> start(String source) {
        return compilations.once(source, source);
    }

    @Test
    void compilesTogetherWhatIsAskedForUntilOneIsWaitedFor() {
        Pending<String> first = start("a");
        await(started);
        List<Pending<String>> others =
                List.of("b", "c", "b", "a").stream().map(this::start).toList();
        go.countDown();
        assertEquals("a!", first.get());
        assertEquals(
                List.of("b!", "c!", "b!", "a!"),
                others.stream().map(Pending::get).toList());
        assertEquals("d!", start("d").get(), "a thread that has ended starts anew");
        assertEquals(List.of(List.of("a", "b", "c"), List.of("d")), batches);
        assertEquals(List.of("a"), begun);
    }

    @Test
    void whatNobodyWaitsForIsLeftUntilSomebodyWaits() {
        go.countDown();
        assertEquals("a!", start("a").get());
        List<Pending<String>> others =
                List.of("b", "c", "d").stream().map(this::start).toList();
        assertEquals(List.of(List.of("a")), batches);
        assertEquals("c!", others.get(1).get());
        assertEquals(List.of(List.of("a"), List.of("b", "c", "d")), batches);
        assertEquals("b!", others.getFirst().get());
    }

    @Test
    void whatFailsFailsAlone() {
        go.countDown();
        Pending<String> bad = start("bad");
        Pending<String> good = start("good");
        assertEquals(
                "bad source",
                assertThrows(IllegalStateException.class, bad::get).getMessage());
        assertEquals("good!", good.get());
        Pending<String> stop = start("stop");
        assertEquals(
                "stopped",
                assertThrows(IllegalArgumentException.class, stop::get).getMessage());
    }

    @Test
    void whatCannotBeginCompilesAllTheSame() {
        go.countDown();
        assertEquals("loud!", start("loud").get());
    }
}
