"""What people do on the sandbox: each checks who may, changes the rows, and logs. Raises Refusal."""
