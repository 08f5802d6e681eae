"""What holds for every test."""

from hypothesis import HealthCheck, settings

# No test is timed: the first example of a property pays for what is imported lazily, and a busy machine draws data slowly.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
