using Microsoft.AspNetCore.Mvc;
using Modular.Host.Contracts;
using Modular.Sdk;

namespace Modular.Host.Api;

/// <summary>Every message that modules publish, for the people who write programs and modules.</summary>
public sealed class MessagesApi(MessageContracts contracts, IPractice practice) : ApiSlice
{
    public sealed record Entry(
        string Alias, int Version, string Module, string? Description, bool Command, string? Webhook, string? Location, IReadOnlyList<string> Patients, string Schema);

    [HttpGet("/api/messages")]
    [OpenTo(Audience.Anyone, "Says which messages there are and holds nothing of the practice.")]
    public IActionResult List() =>
        Ok(new { items = contracts.Here(practice).Select(Of) });

    private static Entry Of(MessageContract c) => new(
        c.Alias, c.Version, c.Module.Id, c.Words, c.OneHandler, c.Needs, c.Location is { } path ? MessageIds.Wire(path) : null,
        [.. c.Patients.Select(MessageIds.Wire)], $"/api/messages/{c.Alias}");

    [HttpGet("/api/messages/{alias}")]
    [OpenTo(Audience.Anyone, "Says what a message looks like and holds nothing of the practice.")]
    public IActionResult Get(string alias) => contracts.Here(practice).FirstOrDefault(c => c.Alias == alias) is { } contract
        ? Content(contracts.Schema(contract).ToJsonString(), "application/schema+json")
        : Missing("There is no such message here.");
}
