// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.ArrayList;
import java.util.List;

/** What an executor did from its beginning, in as many points as there is room for: when they are too many, each two become one. */
final class Series {
    static final int MOST = 2400;

    /**
     * A point.
     *
     * @param time when it ends, in milliseconds
     * @param width how long it is, in milliseconds
     * @param finished how many tasks ended meanwhile
     * @param failed how many of them failed
     * @param queued how many were queued at the end
     * @param running how many ran at the end
     */
    record Point(long time, long width, long finished, long failed, long queued, long running) {
        Point and(Point next) {
            return new Point(
                    next.time,
                    width + next.width,
                    finished + next.finished,
                    failed + next.failed,
                    next.queued,
                    next.running);
        }

        void write(Json json, int executor) {
            json.beginArray()
                    .value(executor)
                    .value(time)
                    .value(width)
                    .value(finished)
                    .value(failed);
            json.value(queued).value(running).endArray();
        }
    }

    private List<Point> points = new ArrayList<>();
    private int each = 1; // how many that come make a point
    private int gathered;

    /** Adds a point, joined with the one before if points are wider by now. */
    void add(Point point) {
        if (gathered > 0) {
            points.add(points.removeLast().and(point));
        } else {
            points.add(point);
        }
        gathered = (gathered + 1) % each;
        if (points.size() >= MOST && gathered == 0) {
            halve();
        }
    }

    List<Point> points() {
        return points;
    }

    private void halve() {
        List<Point> wider = new ArrayList<>(MOST);
        for (int i = 0; i + 1 < points.size(); i += 2) {
            wider.add(points.get(i).and(points.get(i + 1)));
        }
        points = wider;
        each *= 2;
    }
}
