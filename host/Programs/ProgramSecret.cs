using Microsoft.EntityFrameworkCore;
using Modular.Host.Programs.Tokens;
using Modular.Sdk;

namespace Modular.Host.Programs;

/// <summary>One secret of a program; only its digest is known here.</summary>
public sealed class ProgramSecret
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ProgramId { get; init; }

    [NotLogged]
    public required byte[] Digest { get; init; }
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Null until another takes its place.</summary>
    public DateTimeOffset? EndsAt { get; set; }
}
