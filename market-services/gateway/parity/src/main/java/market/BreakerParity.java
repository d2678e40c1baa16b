package market;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a sequence per line from standard input, answers each with Resilience4j's trace of it. */
public final class BreakerParity {
    private static final Pattern STEP = Pattern.compile("[bsefSFr]|w(\\d+)");

    public static void main(String[] arguments) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        var out = new PrintStream(System.out, false);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(trace(line.split(" ")));
        }
        out.flush();
    }

    private static String trace(String[] words) {
        var time = new ManualTime();
        long slowMs = Long.parseLong(words[4]);
        var breaker = breaker(words, slowMs, time);
        var trace = new StringBuilder();
        Matcher steps = STEP.matcher(words[7]);
        while (steps.find()) {
            boolean permitted = take(breaker, steps, slowMs, time);
            char state = letter(breaker.getState());
            trace.append(permitted ? Character.toUpperCase(state) : state);
        }
        var metrics = breaker.getMetrics();
        return trace + " " + tenths(metrics.getFailureRate()) + " " + tenths(metrics.getSlowCallRate());
    }

    private static boolean take(CircuitBreaker breaker, Matcher step, long slowMs, ManualTime time) {
        switch (step.group().charAt(0)) {
            case 'b': return breaker.tryAcquirePermission();
            case 's': breaker.onSuccess(1, TimeUnit.MILLISECONDS); break;
            case 'e': breaker.onSuccess(slowMs, TimeUnit.MILLISECONDS); break;
            case 'S': breaker.onSuccess(slowMs + 1, TimeUnit.MILLISECONDS); break;
            case 'f': breaker.onError(1, TimeUnit.MILLISECONDS, FAILURE); break;
            case 'F': breaker.onError(slowMs + 1, TimeUnit.MILLISECONDS, FAILURE); break;
            case 'r': breaker.releasePermission(); break;
            default: time.millis += Long.parseLong(step.group(1));
        }
        return false;
    }

    private static final Throwable FAILURE = new RuntimeException("failed");

    private static CircuitBreaker breaker(String[] words, long slowMs, ManualTime time) {
        int size = Integer.parseInt(words[0]);
        int minimum = Integer.parseInt(words[1]);
        var config = CircuitBreakerConfig.custom()
            .slidingWindow(size, minimum, SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(Float.parseFloat(words[2]))
            .slowCallRateThreshold(Float.parseFloat(words[3]))
            .slowCallDurationThreshold(Duration.ofMillis(slowMs))
            .permittedNumberOfCallsInHalfOpenState(Integer.parseInt(words[5]))
            .waitDurationInOpenState(Duration.ofMillis(Long.parseLong(words[6])))
            .currentTimestampFunction(clock -> time.millis, TimeUnit.MILLISECONDS)
            .build();
        // Only this constructor takes a clock, which rules the wait in open.
        return new CircuitBreakerStateMachine("parity", config, time);
    }

    private static char letter(CircuitBreaker.State state) {
        switch (state) {
            case CLOSED: return 'c';
            case OPEN: return 'o';
            case HALF_OPEN: return 'h';
            default: throw new IllegalStateException(state.name());
        }
    }

    private static int tenths(float rate) {
        return Math.round(rate * 10);
    }

    /** Stands still until a step says otherwise. */
    private static final class ManualTime extends Clock {
        long millis;

        @Override public ZoneId getZone() { return ZoneOffset.UTC; }
        @Override public Clock withZone(ZoneId zone) { return this; }
        @Override public Instant instant() { return Instant.ofEpochMilli(millis); }
        @Override public long millis() { return millis; }
    }
}
