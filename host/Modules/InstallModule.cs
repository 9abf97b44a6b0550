using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installing;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>Takes a module's package; it starts with the next restart.</summary>
public sealed class InstallModule(ModuleInstaller installer, InstallByPage installs, PracticeRegistry practices, AuditTrail trail, Work work) : Slice
{
    private const long LargestPackage = 100L * 1024 * 1024;

    /// <param name="Unsigned">The person takes it although nobody signed it.</param>
    public sealed record Model(bool Unsigned);

    [HttpGet("/admin/modules/install")]
    [Needs("core.modules.install"), StepUp]
    public IActionResult Get() => installs.Allowed ? Page(new Model(false)) : NotFound();

    [HttpPost("/admin/modules/install")]
    [Needs("core.modules.install"), StepUp]
    [RequestSizeLimit(LargestPackage)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestPackage)]
    public async Task<IActionResult> Post(IFormFile? file, bool unsigned, CancellationToken ct)
    {
        if (!installs.Allowed)
        {
            return NotFound();
        }

        if (file is null)
        {
            Refuse("file", "Choose the package, a .zip file.");
            return Invalid(new Model(unsigned));
        }

        try
        {
            await using var package = file.OpenReadStream();
            var done = installer.Install(package, new(unsigned, await AppliedMigration.ReadAsync(practices, ct)));
            trail.Add(work, new(AuditTrail.Change, done.Manifest.Id, $"module {done.Manifest.Version} installed, {done.Signed}, SHA-256 {done.Sha256}", "modules"));
            return Done("/admin/modules", $"{done.Manifest.Name} {done.Manifest.Version} is installed, {done.Signed}. Restart Modular to start it.");
        }
        catch (Exception refused) when (refused is PackageRefusedException or IOException or UnauthorizedAccessException)
        {
            Refuse("file", refused.Message);
            return Invalid(new Model(unsigned));
        }
    }
}
