"""Static files under names that carry a hash, ES module imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hash file names and rewrite `import` statements to them.

    Bytes of a rewritten file change, so `integrity=` attributes cannot be used;
    tests compare vendored files with their recorded hash instead.
    """

    support_js_module_import_aggregation = True
