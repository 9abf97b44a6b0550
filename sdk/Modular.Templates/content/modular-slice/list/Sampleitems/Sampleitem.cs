using System.ComponentModel.DataAnnotations.Schema;
using Modular.Sdk;

namespace Modular.Newmodule.Sampleitems;

/// <summary>One of the practice's own. Map it: <c>model.Entity&lt;Sampleitem&gt;();</c> in NewmoduleDb.</summary>
[Table("sampleitems")]
public sealed class Sampleitem : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Name { get; set; }
    public bool Active { get; set; } = true;
    public DateOnly? Since { get; set; }

    public static IReadOnlyList<HistoryField> History { get; } = [new("name", "Name"), new("active", "In use"), new("since", "Since")];
}
