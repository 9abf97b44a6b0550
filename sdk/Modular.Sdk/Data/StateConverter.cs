using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Modular.Sdk;

/// <summary>Keeps a state as its word.</summary>
internal sealed class StateConverter<TState>() : ValueConverter<TState, string>(state => state.Text(), text => States.Read<TState>(text))
    where TState : struct, Enum;
