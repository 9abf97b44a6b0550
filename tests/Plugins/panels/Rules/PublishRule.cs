using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Panels.Rules;

/// <summary>A rule of the module that nurses have to read and sign.</summary>
public sealed class PublishRule(IAcknowledgements acknowledgements) : Slice
{
    public static readonly DocumentKind Kind = new("panels.rule", "Rule of the panels", "panels.page.read");

    [HttpPost("/panels/rules/publish")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Post(string key, string text, string? correction, CancellationToken ct)
    {
        var version = await acknowledgements.PublishAsync(Kind, new(key, $"Rule {key}", text, new(Everybody: false, [Roles.Nurse]), Days: 7)
        {
            Small = correction is not null, Change = correction,
        }, ct);
        return Content($"version {version}");
    }
}

/// <summary>Asks whether somebody signed a rule.</summary>
public sealed class SignedRule(IAcknowledgements acknowledgements) : Slice
{
    [HttpGet("/panels/rules/signed")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Get(string? key, Guid person, CancellationToken ct) =>
        Content(await acknowledgements.IsAcknowledgedAsync(PublishRule.Kind, key ?? "", person, ct) ? "signed" : "not signed");
}
