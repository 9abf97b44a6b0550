using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Duplicates;

/// <summary>Brings the list of possible duplicates up to date now instead of tonight.</summary>
public sealed class SearchDuplicates(IMessageBus bus) : Slice
{
    [HttpPost("/patients/duplicates/search")]
    [Needs(PatientsPermissions.Merge)]
    public async Task<IActionResult> Post(CancellationToken ct)
    {
        await bus.InvokeAsync(new FindDuplicates(), ct);
        return Done("/patients/duplicates", "The list is up to date.");
    }
}
