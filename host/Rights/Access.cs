using Modular.Host.People;

namespace Modular.Host.Rights;

/// <param name="Presets">Ids of role presets.</param>
/// <param name="CustomRoles">Ids of the practice's own roles.</param>
/// <param name="Locations">Null: all locations.</param>
public sealed record Access(IReadOnlyCollection<string> Presets, IReadOnlyCollection<Guid>? CustomRoles = null, IReadOnlyCollection<Guid>? Locations = null)
{
    public IReadOnlyCollection<Guid> Custom => CustomRoles ?? [];
}

/// <param name="SignInName">E-mail or user name.</param>
/// <param name="Password">Null: the person gets a link and sets one.</param>
/// <param name="Id">Chosen by whoever asks; otherwise a new one.</param>
public sealed record NewPerson(string Name, string SignInName, Access Access, string? Password = null, Guid? StaffMemberId = null, Guid? Id = null);

public sealed class PeopleException(string sentence) : Exception(sentence);
