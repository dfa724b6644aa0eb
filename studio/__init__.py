"""The project package and the front desk: settings, addresses, home, to-do, notices, help."""
