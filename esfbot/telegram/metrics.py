"""What the bot counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """Counters of one bot."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._updates = Counter("esfbot_updates", "Updates from Telegram, by kind", ["kind"], registry=registry)
        self._replies = Counter(
            "esfbot_replies", "Calls of the Bot API that were made, by method", ["method"], registry=registry
        )
        self._no_answers = Counter("esfbot_no_answers", "Questions that the sheets do not answer", registry=registry)
        self._faults = Counter("esfbot_faults", "Things that went wrong, by kind", ["kind"], registry=registry)
        self._latency = Histogram(
            "esfbot_latency_seconds", "From receiving an update to its last reply", buckets=_SECONDS, registry=registry
        )
        self._generation = Gauge("esfbot_generation", "The live generation, by name", ["name"], registry=registry)

    def received(self, kind: str) -> None:
        """An update has come in."""
        self._updates.labels(kind).inc()

    def sent(self, method: str) -> None:
        """A call has been made."""
        self._replies.labels(method).inc()

    def no_answer(self) -> None:
        """A question got a polite no."""
        self._no_answers.inc()

    def fault(self, kind: str) -> None:
        """Something went wrong."""
        self._faults.labels(kind).inc()

    def took(self, seconds: float) -> None:
        """An update has been handled."""
        self._latency.observe(seconds)

    def text(self, generation: str) -> bytes:
        """All of it as Prometheus reads it."""
        self._generation.clear()
        self._generation.labels(generation).set(1)
        return generate_latest(self._registry)
