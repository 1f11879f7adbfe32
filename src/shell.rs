//! The thin shell: everything that touches files, the environment or the clock.
