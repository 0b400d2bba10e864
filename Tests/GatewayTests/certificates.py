"""Certificates of every kind, made by the command `openssl`."""

import subprocess


def run(folder, *arguments):
    call = ["openssl", *arguments]
    result = subprocess.run(call, cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, f"{call}: {result.stderr}"


class Authority:
    """A private authority in a folder: `ca.pem`, and what it signs."""

    CURVE = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "ca.pem"
        run(folder, "req", "-x509", *self.CURVE, "-keyout", "ca.key", "-out", "ca.pem", "-days",
            "30", "-subj", "/CN=Private Root", "-addext", "basicConstraints=critical,CA:TRUE")

    def sign(self, name, hosts, days=30):
        """`NAME.pem` and `NAME.key` for `hosts`; with negative `days` they have expired."""
        run(self.folder, "req", "-new", *self.CURVE, "-keyout", f"{name}.key", "-out",
            f"{name}.csr", "-subj", f"/CN={name}")
        (self.folder / f"{name}.ext").write_text(f"subjectAltName={hosts}\n")
        run(self.folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", str(days), "-extfile", f"{name}.ext", "-out",
            f"{name}.pem")
        return self.folder / f"{name}.pem"

    def sign_by_intermediate(self, name, hosts):
        """The same by an authority between, whose certificate does not stand behind it."""
        run(self.folder, "req", "-new", *self.CURVE, "-keyout", "between.key", "-out",
            "between.csr", "-subj", "/CN=Private Intermediate")
        (self.folder / "between.ext").write_text("basicConstraints=critical,CA:TRUE\n")
        run(self.folder, "x509", "-req", "-in", "between.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "30", "-extfile", "between.ext", "-out", "between.pem")
        run(self.folder, "req", "-new", *self.CURVE, "-keyout", f"{name}.key", "-out",
            f"{name}.csr", "-subj", f"/CN={name}")
        (self.folder / f"{name}.ext").write_text(f"subjectAltName={hosts}\n")
        run(self.folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "between.pem", "-CAkey",
            "between.key", "-CAcreateserial", "-days", "30", "-extfile", f"{name}.ext", "-out",
            f"{name}.pem")
        return self.folder / f"{name}.pem"

    def sign_itself(self, name, hosts):
        """The same, signed by its own key alone."""
        run(self.folder, "req", "-x509", *self.CURVE, "-keyout", f"{name}.key", "-out",
            f"{name}.pem", "-days", "30", "-subj", f"/CN={name}", "-addext",
            f"subjectAltName={hosts}")
        return self.folder / f"{name}.pem"
