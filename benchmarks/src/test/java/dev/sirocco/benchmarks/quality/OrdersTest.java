package dev.sirocco.benchmarks.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OrdersTest {
    /** By hand: 1, 2, 3 and 6 are 2, 1, 0 and 3 from their mean; 14 / 3 is their variance, a fourth of it the mean's. */
    @Test
    void theErrorOfAMeanIsThatOfItsDraws() {
        Orders.Spread spread = Orders.Spread.of(List.of(1.0, 2.0, 3.0, 6.0));
        assertEquals(3, spread.mean(), 1e-12);
        assertEquals(Math.sqrt(14.0 / 3 / 4), spread.standardError(), 1e-12);
    }

    @Test
    void oneOrderHasNoKnownError() {
        assertEquals(new Orders.Spread(2, Double.NaN), Orders.Spread.of(List.of(2.0)));
    }
}
