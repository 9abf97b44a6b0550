using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Prints;
using Modular.Sdk;

namespace Modular.Scheduling.NoShows;

public sealed class WriteNoShowLetters(SchedulingDb db, IMailMerge merge) : WriteLetters(merge)
{
    [HttpPost("/scheduling/no-shows/write")]
    [Needs(SchedulingPermissions.Book)]
    public Task<IActionResult> Post(Guid[] id, ListQuery query, CancellationToken ct) =>
        WriteAsync(NoShowLetters.Kind, NoShowList.List, NoShowList.Rows(db), id, query, "/scheduling/no-shows", ct);
}
