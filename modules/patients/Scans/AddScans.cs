using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Puts files into the inbox by hand, for a practice whose scanner knows no folder of the server.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class AddScans(ScanIntake intake, ChosenLocation chosen) : Slice
{
    private const int Most = 50;

    public sealed record Model(IReadOnlyList<IFormFile>? Files = null);

    [HttpGet("/patients/scans/add")]
    [Needs(PatientsPermissions.FileScan)]
    public IActionResult Get() => Page(new Model());

    [HttpPost("/patients/scans/add")]
    [Needs(PatientsPermissions.FileScan)]
    public async Task<IActionResult> Post(IReadOnlyList<IFormFile>? files, CancellationToken ct)
    {
        if (chosen.Location is not { } place)
        {
            Refuse("", "Choose a location in the top bar first.");
            return Invalid(new Model());
        }

        if (files is not { Count: > 0 and <= Most })
        {
            Refuse("Files", files is { Count: > Most } ? $"At most {Most} files at once." : "Choose the files to add.");
            return Invalid(new Model());
        }

        var (added, again) = (0, 0);
        foreach (var file in files)
        {
            try
            {
                _ = await intake.TakeAsync(place.Id, Path.GetFileName(file.FileName), await BytesAsync(file, ct), ScanFile.Added, Actor.Name, ct) ? added++ : again++;
            }
            catch (FileRefusedException refused)
            {
                Refuse("Files", refused.Message);
            }
        }

        var said = $"{Said.Many(added, "file")} added{(again == 0 ? "" : $", {Said.Count(again)} here already")}.";
        if (ModelState.IsValid)
        {
            return Done("/patients/scans", said);
        }

        Refuse("", said);
        return Invalid(new Model());
    }

    private static async Task<byte[]> BytesAsync(IFormFile file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }
}
