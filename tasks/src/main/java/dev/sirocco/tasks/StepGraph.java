package dev.sirocco.tasks;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A graph that is being built, and what its tasks have in common.
 *
 * @param name  of the graph
 * @param tasks to which tasks are added
 * @param state what varies between steps, see {@link StepState}
 * @param batch the most rows that a step can have; 1 takes the kernels for a single token
 * @param grids of all graphs of the plan
 */
public record StepGraph(String name, TaskGraph tasks, IntArray state, int batch, GridScheduler grids) {

    /**
     * Says how a task whose kernel takes a KernelContext is launched.
     *
     * @param groups    work-groups
     * @param groupSize work-items of a group
     */
    public void grid(String task, int groups, int groupSize) {
        WorkerGrid grid = new WorkerGrid1D(Math.multiplyExact(groups, groupSize));
        grid.setLocalWork(groupSize, 1, 1);
        grids.addWorkerGrid(name + "." + task, grid);
    }

    /**
     * Says how a task is launched whose groups have two indices; a group is a line along x.
     *
     * @param groupsX   work-groups along x
     * @param groupsY   work-groups along y
     * @param groupSize work-items of a group
     */
    public void grid(String task, int groupsX, int groupsY, int groupSize) {
        WorkerGrid grid = new WorkerGrid2D(Math.multiplyExact(groupsX, groupSize), groupsY);
        grid.setLocalWork(groupSize, 1, 1);
        grids.addWorkerGrid(name + "." + task, grid);
    }
}
