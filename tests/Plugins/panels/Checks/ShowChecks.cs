using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Panels.Checks;

/// <summary>What was answered about a chore.</summary>
public sealed class ShowChecks(IForms forms) : Slice
{
    [HttpGet("/panels/chores/{id:guid}/checks")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) => Content(string.Join('\n',
        (await forms.AnsweredAsync(ChoreCheck.Kind, id, ct)).SelectMany(a => a.Answers.Values.Select(v => $"Text: {v}"))));
}
