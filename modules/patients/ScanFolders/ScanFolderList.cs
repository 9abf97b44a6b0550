using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Scans;
using Modular.Sdk;

namespace Modular.Patients.ScanFolders;

/// <summary>Where scanners and fax servers of each location leave their files. The path is the host's; nobody types one.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class ScanFolderList(IFolders folders, IPractice practice, ISettings<PatientsSettings> settings) : Slice
{
    public sealed record Line(Location Location, string Path, bool Made, int Lying);

    public sealed record Model(IReadOnlyList<Line> Folders, int WaitHours);

    [HttpGet("/patients/scan-folders")]
    [Needs(PatientsPermissions.Setup)]
    public async Task<IActionResult> Get(CancellationToken ct) => Page(new Model(
        [.. practice.Locations.Where(l => l.Active).Select(Of)], (await settings.GetAsync(ct: ct)).ScanWaitHours));

    [HttpPost("/patients/scan-folders/{location:guid}")]
    [Needs(PatientsPermissions.Setup)]
    public IActionResult Post(Guid location)
    {
        if (practice.Locations.FirstOrDefault(l => l.Id == location && l.Active) is not { } place || !DataScope.Of(Actor).Sees(location))
        {
            return NotFound();
        }

        try
        {
            ScanFolder.Of(folders, place).Make();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Done("/patients/scan-folders", "The server may not write there. Whoever runs it gives it the right to its data directory.");
        }

        return Done("/patients/scan-folders", $"The folder of {place.Name} is there. Point the scanner at it.");
    }

    private Line Of(Location location)
    {
        var folder = ScanFolder.Of(folders, location);
        return new(location, folder.Path, folder.Exists, folder.Exists ? folder.Arrived().Count() : 0);
    }
}
