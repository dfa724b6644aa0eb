"""What runs before Django: the virtual environment, the embedded PostgreSQL, and the commands that need
both.
"""
