using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Prints;
using Modular.Sdk;

namespace Modular.Scheduling.Recalls;

public sealed class WriteRecallLetters(SchedulingDb db, IMailMerge merge) : WriteLetters(merge)
{
    [HttpPost("/scheduling/recalls/write")]
    [Needs(SchedulingPermissions.Book)]
    public Task<IActionResult> Post(Guid[] id, ListQuery query, CancellationToken ct) =>
        WriteAsync(RecallLetters.Kind, RecallList.List, RecallList.Rows(db), id, query, "/scheduling/recalls", ct);
}
