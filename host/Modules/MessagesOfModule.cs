using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Bus;
using Modular.Host.Contracts;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>What a module tells others, made of its code: each message with its fields, who hears it, and an example.</summary>
public sealed class MessagesOfModule(InstalledModules modules, MessageContracts contracts, HandlerMap handlers) : Slice
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="Heard">Queues of this host that take it.</param>
    public sealed record Row(MessageContract Contract, IReadOnlyList<MessageField> Fields, string Example, IReadOnlyList<string> Heard);

    public sealed record Model(LoadedModule Module, IReadOnlyList<Row> Rows);

    [HttpGet("/admin/modules/messages/{module}")]
    [Needs("core.modules.manage")]
    public IActionResult Get(string module) => modules.Find(module) is not { Runs: true } found ? NotFound() : Page(new Model(found,
        [.. contracts.All.Where(c => c.Module == found).Select(c => new Row(c, contracts.Fields(c), contracts.Example(c)?.ToJsonString(Readable) ?? "", [.. handlers.Of(c.Alias).Select(h => h.Queue)]))]));
}
