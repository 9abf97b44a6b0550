using Modular.Host.Rights;

namespace Modular.Host.Programs;

public static class ProgramAuthority
{
    /// <returns>The sentence for the page, or null when they may change the program.</returns>
    public static string? Fault(this Authority authority, ConnectedProgram program) =>
        authority.FaultOfProgram(program.Name, program.Scopes, program.AllLocations ? null : program.Locations);
}
