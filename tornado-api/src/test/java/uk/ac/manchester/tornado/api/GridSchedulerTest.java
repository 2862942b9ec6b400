package uk.ac.manchester.tornado.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class GridSchedulerTest {
    @Test
    void findsGridsByGraphAndTask() {
        WorkerGrid first = new WorkerGrid1D(8);
        WorkerGrid second = new WorkerGrid2D(8, 4);
        GridScheduler scheduler = new GridScheduler("g.first", first);
        scheduler.addWorkerGrid("g.second", second);
        assertSame(first, scheduler.get("g.first"));
        assertSame(second, scheduler.get("g.second"));
        assertNull(scheduler.get("g.third"));
        assertTrue(scheduler.contains("g", "second"));
        assertFalse(scheduler.contains("h", "second"));
        assertEquals(Set.of("g.first", "g.second"), scheduler.keySet());
        assertEquals(
                "g.first: global [8, 1, 1] local null, g.second: global [8, 4, 1] local null", scheduler.toString());
    }

    @Test
    void givesGridsTheirDimensions() {
        assertEquals(1, new WorkerGrid1D(5).dimension());
        assertEquals(2, new WorkerGrid2D(5, 6).dimension());
        assertEquals(3, new WorkerGrid3D(5, 6, 7).dimension());
        assertArrayEquals(new long[] {5, 1, 1}, new WorkerGrid1D(5).getGlobalWork());
        assertArrayEquals(new long[] {5, 6, 1}, new WorkerGrid2D(5, 6).getGlobalWork());
        assertArrayEquals(new long[] {5, 6, 7}, new WorkerGrid3D(5, 6, 7).getGlobalWork());
        assertArrayEquals(new long[] {0, 0, 0}, new WorkerGrid3D(5, 6, 7).getGlobalOffset());
    }

    @Test
    void countsWorkgroupsWhicheverSizeIsSetLast() {
        WorkerGrid grid = new WorkerGrid2D(64, 8);
        assertNull(grid.getLocalWork());
        assertNull(grid.getNumberOfWorkgroups());
        grid.setLocalWork(16, 4, 1);
        assertArrayEquals(new long[] {4, 2, 1}, grid.getNumberOfWorkgroups());
        grid.setGlobalWork(32, 8, 1);
        assertArrayEquals(new long[] {2, 2, 1}, grid.getNumberOfWorkgroups());
        grid.setLocalWorkToNull();
        grid.setNumberOfWorkgroupsToNull();
        assertNull(grid.getLocalWork());
        assertNull(grid.getNumberOfWorkgroups());
        grid.setGlobalOffset(1, 2, 3);
        assertArrayEquals(new long[] {1, 2, 3}, grid.getGlobalOffset());
    }

    @Test
    void refusesEmptyGrids() {
        WorkerGrid grid = new WorkerGrid1D(8);
        assertThrows(IllegalArgumentException.class, () -> new WorkerGrid1D(0));
        assertThrows(IllegalArgumentException.class, () -> grid.setLocalWork(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> grid.setGlobalWork(8, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> grid.setGlobalOffset(-1, 0, 0));
        assertArrayEquals(new long[] {8, 1, 1}, grid.getGlobalWork());
    }
}
